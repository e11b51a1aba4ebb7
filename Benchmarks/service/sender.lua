-- What scripts that send begin with: a number for each thread, the headers, the ids of the run. The key comes from the
-- environment. Whoever reads this calls prepare() in its init().
local threads = 0

function setup(thread)
    threads = threads + 1
    thread:set("number", threads)
end

function prepare()
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY")
    run = os.getenv("BENCH_RUN")
    count = 0
end
