import Analyses
import Testing

@Suite struct ObjectMapTests {
    static let events = ObjectEvents(
        objects: [
            .init(id: "o1", type: "order"), .init(id: "o2", type: "order"), .init(id: "i1", type: "item"),
            .init(id: "i2", type: "item"), .init(id: "i3", type: "item"),
        ],
        events: [
            .init(activity: "ship", time: 9_000_000, objects: [0, 2, 3]),
            .init(activity: "place", time: 1_000_000, objects: [0, 2, 3, 2]),
            .init(activity: "pick", time: 3_000_000, objects: [2]),
            .init(activity: "pick", time: 4_000_000, objects: [3]),
            .init(activity: "place", time: 2_000_000, objects: [1]),
        ])

    @Test func countsEachTypeByItsOwnObjects() {
        let map = ObjectMap(Self.events)
        #expect(map.activities == ["place": 2, "pick": 2, "ship": 1])
        func flow(_ type: String, _ from: String, _ to: String) -> ObjectMap.Flow? {
            map.flows.first { $0.type == type && $0.from == from && $0.to == to }
        }
        #expect(flow("order", "place", "ship")?.count == 1)
        #expect(flow("item", "place", "pick")?.count == 2)
        #expect(flow("item", "pick", "ship")?.medianSeconds == 5.5)
        #expect(flow("item", "place", "ship") == nil)
        #expect(map.types["order"]?.objects == 2 && map.types["order"]?.active == 2)
        #expect(map.types["order"]?.start == ["place": 2])
        #expect(map.types["order"]?.end == ["ship": 1, "place": 1])
        #expect(map.types["item"]?.active == 2)
    }

    @Test func theOrderOfEventsInTheFileChangesNothing() {
        var turned = Self.events
        turned.events.reverse()
        #expect(ObjectMap(turned) == ObjectMap(Self.events))
    }
}
