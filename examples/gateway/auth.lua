-- Asks the authenticator about a request. For HAProxy 2.6 and later, see haproxy.cfg.

local AUTHENTICATOR = "http://127.0.0.1:9001/auth"
local TOKEN_HEADERS = { "X-Token-Id", "X-Token-Owner", "X-Token-Scopes" }
-- The status codes that the authenticator uses to refuse a request.
local REFUSALS = { [400] = true, [401] = true, [403] = true, [404] = true, [429] = true, [503] = true }

-- Returns the value of a header of the response, or nil.
local function value(response, name)
  local values = response.headers and response.headers[name:lower()]
  return values and values[0]
end

local function refuse(txn, status, response)
  local reply = txn:reply({ status = status })
  for _, name in ipairs({ "WWW-Authenticate", "Retry-After" }) do
    local text = response and value(response, name)
    if text then
      reply:add_header(name, text)
    end
  end
  txn:done(reply)
end

-- All lines of the credential, so that the authenticator can refuse a repeated one.
local function credentials(txn)
  local lines = txn.http:req_get_headers()["authorization"]
  local copy = {}
  local i = 0
  while lines and lines[i] do
    copy[i + 1] = lines[i]
    i = i + 1
  end
  return copy
end

core.register_action("authenticate", { "http-req" }, function(txn)
  -- No other header of the client reaches the authenticator.
  local headers = {
    ["x-forwarded-method"] = { txn.sf:method() },
    ["x-forwarded-uri"] = { txn.sf:pathq() },
    ["x-forwarded-for"] = { txn.sf:src() },
    ["x-forwarded-proto"] = { txn.sf:ssl_fc() == "1" and "https" or "http" },
  }
  local lines = credentials(txn)
  if #lines > 0 then
    headers["authorization"] = lines
  end
  -- In milliseconds, for each of the four attempts that HAProxy makes. Without a timeout, it would wait for minutes.
  local request = { url = AUTHENTICATOR, headers = headers, timeout = 5000 }
  local response = core.httpclient():get(request)
  if response.status ~= 200 then
    return refuse(txn, REFUSALS[response.status] and response.status or 503, response)
  end
  for _, name in ipairs(TOKEN_HEADERS) do
    local text = value(response, name)
    if not text then
      return refuse(txn, 503)
    end
    txn.http:req_set_header(name, text) -- replaces what the client has sent
  end
  txn:set_var("txn.authenticated", true)
end)
