-- One event a request, each with an id of its own; journeys of seven events. The key comes from the environment.
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("number", threads)
end

function init(arguments)
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY")
    run = os.getenv("BENCH_RUN")
    count = 0
    steps = {"requested", "budget-approved", "classified", "announced", "candidates-listed", "selected", "offered"}
end

function request()
    local place = count % 7
    local journey = (count - place) / 7
    local second = math.floor(count / 14) % 86400
    local body = string.format(
        '{"id":"%s-%d-%d","service":"personnel-request","journey":"%s-%d-%d","activity":"%s",'
            .. '"occurred":"2026-03-%02dT%02d:%02d:%02dZ","channel":"web","actor":{"role":"staff","unit":"Staffing"},'
            .. '"attributes":{"grade":%d}}',
        run, number, count, run, number, journey, steps[place + 1], 1 + place * 3, math.floor(second / 3600),
        math.floor(second / 60) % 60, second % 60, 5 + journey % 10)
    count = count + 1
    return wrk.format(nil, nil, nil, body)
end

-- What python reads: counts and microseconds.
function done(summary, latency, requests)
    io.write(string.format(
        'RESULT {"requests":%d,"seconds":%f,"refused":%d,"broken":%d,"p50_ms":%f,"p99_ms":%f}\n', summary.requests,
        summary.duration / 1e6, summary.errors.status,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
