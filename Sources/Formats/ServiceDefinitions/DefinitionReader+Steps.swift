internal import Experience
internal import Yams

extension DefinitionReader {
    mutating func steps(_ place: Place?, legal: [Slug]) -> [ServiceDefinition.Step] {
        var read: [(Place, ServiceDefinition.Step)] = []
        for item in list(place) {
            guard
                let entries = mapping(
                    item, required: ["id", "title", "by"],
                    optional: ["unit", "effort_minutes", "aliases", "legal", "expected", "closes"])
            else { continue }
            let id = slug(entries["id"])
            let title = local(entries["title"])
            let by = word(entries["by"], Actor.Role.self)
            // One name, or one in each language: the English one is then the name that events carry.
            let unitTitle = entries["unit"]?.node.mapping != nil ? local(entries["unit"]) : nil
            let unit = unitTitle?[.en] ?? (entries["unit"]?.node.mapping != nil ? nil : text(entries["unit"]))
            let effort = number(entries["effort_minutes"], in: 0...10_000, what: "minutes of the person's own time")
            var bases: [Slug] = []
            for basis in list(entries["legal"]) {
                if let one = reference(basis, to: legal, called: "legal basis") { bases.append(one) }
            }
            if effort != nil, let by, by != .person, let at = entries["effort_minutes"] {
                report(at, "effort_minutes is the person's own time, but this step is done by \(by.rawValue).")
            }
            guard let id, let title, let by else { continue }
            var step = ServiceDefinition.Step(
                id: id, title: title, by: by, unit: unit, effortMinutes: effort,
                aliases: texts(entries["aliases"]), legal: bases,
                expected: flag(entries["expected"], default: true),
                closes: flag(entries["closes"], default: false))
            step.unitTitle = unitTitle
            read.append((item, step))
        }
        if let place, read.isEmpty, place.node.sequence != nil { report(place, "a service needs at least one step.") }
        return unique(read, by: \.id.text, called: "step")
    }
}
