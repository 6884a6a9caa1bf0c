package io.counterfoil.jdbc;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import java.util.List;

/** Lists and counts the tokens that match a query. */
final class QueryRunner {
  private final StatementRunner runner;
  private final Listing listing = new Listing();

  QueryRunner(StatementRunner runner) {
    this.runner = runner;
  }

  List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    QuerySql select = new QuerySql(runner.sql(), query);
    return listing.page(afterId, limit, (after, missing) -> rows(select, after, missing));
  }

  /** If many tokens match, most pages are near, and an index that has another order would have to be sorted for each of them. */
  private List<ResultRow> rows(QuerySql select, long after, int limit) {
    if (select.needsSort()) {
      List<ResultRow> near = runner.list(
          "list tokens", select.listNear(), list -> select.bindListNear(list, after, limit));
      if (near.size() == limit) {
        return near;
      }
    }
    return runner.list("list tokens", select.list(), list -> select.bindList(list, after, limit));
  }

  long count(TokenQuery query) {
    QuerySql select = new QuerySql(runner.sql(), query);
    return runner.count("count tokens", select.count(), select::bindCount);
  }
}
