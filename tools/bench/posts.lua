-- Sends each of a list of forms once, as whoever may. BENCH_POSTS: a file, "session<tab>path<tab>body" a line.
local requests, turn = {}, 0

function init()
  local token = string.rep("a", 32)
  for line in io.lines(os.getenv("BENCH_POSTS")) do
    local key, path, body = line:match("^(%S+)\t(%S+)\t(.*)$")
    local headers = {
      Cookie = "skolnav=" .. key .. "; csrftoken=" .. token,
      ["Content-Type"] = "application/x-www-form-urlencoded",
    }
    requests[#requests + 1] = wrk.format("POST", path, headers, "csrfmiddlewaretoken=" .. token .. "&" .. body)
  end
  -- A run goes on where the one before ended: the same form sent twice does nothing the second time.
  turn = tonumber(os.getenv("BENCH_FROM") or "0")
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
