import JourneyEngine

/// The object-centric directly-follows map: one map a type of object, over one set of activities (van der Aalst &
/// Berti 2020).
///
/// A flow a → b of a type counts, over all objects of the type, how often b is that object's next event after a.
/// Flattening to one type repeats events that concern several objects; here each type keeps its own counts, and
/// `activities` counts every event once.
package struct ObjectMap: JourneyAnswer, Hashable {
    package struct Flow: Sendable, Hashable, Codable {
        package var type: String
        package var from: String
        package var to: String
        package var count: Int
        /// Objects that take the flow at least once.
        package var objects: Int
        package var medianSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case type, from, to, count, objects
            case medianSeconds = "median_s"
        }
    }

    package struct TypeFigures: Sendable, Hashable, Codable {
        package var objects: Int
        /// Objects whose life has at least one event.
        package var active: Int
        package var start: [String: Int]
        package var end: [String: Int]
    }

    package var activities: [String: Int]
    package var types: [String: TypeFigures]
    /// By type, then activities, in scalar order.
    package var flows: [Flow]

    package init(_ log: ObjectEvents) {
        activities = [:]
        types = [:]
        flows = []
        let order = log.events.indices.sorted { (log.events[$0].time, $0) < (log.events[$1].time, $1) }
        var lives = [[Int]](repeating: [], count: log.objects.count)
        for index in order {
            activities[log.events[index].activity, default: 0] += 1
            for object in Set(log.events[index].objects) where lives.indices.contains(object) {
                lives[object].append(index)
            }
        }
        struct Key: Hashable { var type: String, from: String, to: String }
        var waits: [Key: [Int64]] = [:]
        var takers: [Key: Int] = [:]
        for (number, object) in log.objects.enumerated() {
            var figures = types[object.type] ?? TypeFigures(objects: 0, active: 0, start: [:], end: [:])
            figures.objects += 1
            let life = lives[number]
            if let first = life.first, let last = life.last {
                figures.active += 1
                figures.start[log.events[first].activity, default: 0] += 1
                figures.end[log.events[last].activity, default: 0] += 1
            }
            types[object.type] = figures
            var taken: Set<Key> = []
            for (a, b) in zip(life, life.dropFirst()) {
                let key = Key(type: object.type, from: log.events[a].activity, to: log.events[b].activity)
                let wait = log.events[b].time.subtractingReportingOverflow(log.events[a].time)
                waits[key, default: []].append(wait.overflow ? .max : wait.partialValue)
                taken.insert(key)
            }
            for key in taken { takers[key, default: 0] += 1 }
        }
        flows = waits.map { key, times in
            Flow(
                type: key.type, from: key.from, to: key.to, count: times.count, objects: takers[key] ?? 0,
                medianSeconds: TimeSample(times).distribution(levels: [50]).linear(50))
        }.sorted { a, b in
            let left = [a.type, a.from, a.to]
            return left.lexicographicallyPrecedes([b.type, b.from, b.to], by: precedesByScalar)
        }
    }

    package var tables: [AnswerTable] {
        let rows: [[AnswerCell]] = flows.map { f in
            [
                .text(f.type), .text(f.from), .text(f.to), .integer(f.count), .integer(f.objects),
                AnswerCell(f.medianSeconds),
            ]
        }
        let columns = ["type", "from", "to", "count", "objects", "median_s"]
        return [AnswerTable("Flows by type of object", columns: columns, rows: rows)]
    }
}
