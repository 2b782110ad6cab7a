-- Drives one page with a thousand sessions in turn. BENCH_PATH, BENCH_SESSIONS (a file, one key a line).
local requests, turn = {}, 0

function init()
  for key in io.lines(os.getenv("BENCH_SESSIONS")) do
    -- As a browser that has been here before: with the cookie of the forms too.
    local cookies = "skolnav=" .. key .. "; csrftoken=" .. string.rep("a", 32)
    requests[#requests + 1] = wrk.format("GET", os.getenv("BENCH_PATH"), { Cookie = cookies })
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
