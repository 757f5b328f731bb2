-- Sends each line of a file once, in its order: requests that were written before the clock ran.
-- WRK_BODIES names the file; with a TAB a line is a method, a path, and a body.
local requests, at, last = {}, 0, 0

function init(args)
  for line in io.lines(os.getenv("WRK_BODIES")) do
    local method, path, body = line:match("^(%u+)\t([^\t]*)\t(.*)$")
    local headers = { ["Content-Type"] = "application/json", ["Accept"] = os.getenv("WRK_ACCEPT") }
    local tag = os.getenv("WRK_IF_NONE_MATCH")
    if tag ~= nil and tag ~= "" then headers["If-None-Match"] = tag end
    if body == "" then body = nil end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
  last = #requests
end

function request()
  at = at + 1
  if at > last then at = 1 end
  return requests[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p99":%d,"failed":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
