-- 08:00 on a Monday: of ten requests seven are start pages, one reports absence, one logs in, one asks the bell.
-- BENCH_SESSIONS, BENCH_POSTS and BENCH_USERNAMES are files; BENCH_PATH the start page, BENCH_BELL and BENCH_LOGIN paths.
local pages, bells, logins, reports, turn = {}, {}, {}, {}, 0
local token = string.rep("a", 32)

local function form(key)
  local cookie = "csrftoken=" .. token
  if key then cookie = "skolnav=" .. key .. "; " .. cookie end
  return { Cookie = cookie, ["Content-Type"] = "application/x-www-form-urlencoded" }
end

function init()
  for key in io.lines(os.getenv("BENCH_SESSIONS")) do
    local cookies = { Cookie = "skolnav=" .. key .. "; csrftoken=" .. token }
    pages[#pages + 1] = wrk.format("GET", os.getenv("BENCH_PATH"), cookies)
    bells[#bells + 1] = wrk.format("GET", os.getenv("BENCH_BELL"), cookies)
  end
  for name in io.lines(os.getenv("BENCH_USERNAMES")) do
    local body = "csrfmiddlewaretoken=" .. token .. "&username=" .. name .. "&password=" .. os.getenv("BENCH_PASSWORD")
    logins[#logins + 1] = wrk.format("POST", os.getenv("BENCH_LOGIN"), form(), body)
  end
  for line in io.lines(os.getenv("BENCH_POSTS")) do
    local key, path, body = line:match("^(%S+)\t(%S+)\t(.*)$")
    reports[#reports + 1] = wrk.format("POST", path, form(key), "csrfmiddlewaretoken=" .. token .. "&" .. body)
  end
  -- A run goes on where the one before ended: a child that is reported already is not reported again.
  reports.at = tonumber(os.getenv("BENCH_FROM") or "0")
end

local kinds = { pages, pages, reports, pages, pages, logins, pages, pages, bells, pages }

function request()
  turn = turn % #kinds + 1
  local kind = kinds[turn]
  kind.at = (kind.at or 0) % #kind + 1
  return kind[kind.at]
end

function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
