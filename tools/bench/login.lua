-- Logs in as one guardian after the other. BENCH_PATH, BENCH_USERNAMES (a file, one name a line), BENCH_PASSWORD.
local requests, turn = {}, 0

function init()
  local token = string.rep("a", 32)
  local headers = { Cookie = "csrftoken=" .. token, ["Content-Type"] = "application/x-www-form-urlencoded" }
  for name in io.lines(os.getenv("BENCH_USERNAMES")) do
    local body = "csrfmiddlewaretoken=" .. token .. "&username=" .. name .. "&password=" .. os.getenv("BENCH_PASSWORD")
    requests[#requests + 1] = wrk.format("POST", os.getenv("BENCH_PATH"), headers, body)
  end
  math.randomseed(os.time())
  turn = math.random(#requests)
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
