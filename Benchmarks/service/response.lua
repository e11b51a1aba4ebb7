-- One response a request, each with an id of its own: the seven items, every tenth with words.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
dofile(here .. "sender.lua")
dofile(here .. "plain.lua")

function init(arguments)
    prepare()
    kind = os.getenv("BENCH_KIND") or "seven"
    places = {"north", "south", "east", "west", "airport", "harbor", "market", "station"}
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
