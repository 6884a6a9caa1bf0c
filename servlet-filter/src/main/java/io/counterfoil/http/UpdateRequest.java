package io.counterfoil.http;

import io.counterfoil.TokenUpdate;

/**
 * The changes that the body of <em>update</em> requests.
 *
 * @param update the changes
 * @param changesExpiry whether they include the expiry
 */
record UpdateRequest(TokenUpdate update, boolean changesExpiry) {}
