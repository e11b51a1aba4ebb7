-- One response a request, each with an id of its own: the seven items, every tenth with words. The key comes from the
-- environment.
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
    kind = os.getenv("BENCH_KIND") or "seven"
    places = {"north", "south", "east", "west", "airport", "harbor", "market", "station"}
    count = 0
end

function request()
    local face = 1 + count % 5
    local place = places[1 + count % 8]
    local id = string.format("%s-%d-%d", run, number, count)
    count = count + 1
    if kind == "kiosk" then
        return wrk.format(nil, nil, nil, string.format(
            '{"id":"%s","service":"field-offices","form":"kiosk","channel":"kiosk","touchpoint":"%s","answers":{"rating":%d}}',
            id, place, face))
    end
    local words = count % 10 == 0 and ',"scores_comment":"The line was long but the staff were kind."' or ""
    return wrk.format(nil, nil, nil, string.format(
        '{"id":"%s","service":"field-offices","form":"a11-v1","channel":"web","answers":{"satisfaction":%d,"trust":%d,'
            .. '"effectiveness":%d,"ease":%d,"efficiency":%d,"transparency":%d,"employee":%d%s}}',
        id, face, face, 1 + count % 5, face, 1 + count % 4, face, 5, words))
end

-- What python reads: counts and microseconds.
function done(summary, latency, requests)
    io.write(string.format(
        'RESULT {"requests":%d,"seconds":%f,"refused":%d,"broken":%d,"p50_ms":%f,"p99_ms":%f}\n', summary.requests,
        summary.duration / 1e6, summary.errors.status,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
