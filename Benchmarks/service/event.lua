-- One event a request, each with an id of its own; journeys of seven events.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
dofile(here .. "sender.lua")
dofile(here .. "plain.lua")

function init(arguments)
    prepare()
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
