internal import Experience
internal import Yams

extension DefinitionReader {
    mutating func touchpoints(
        _ place: Place?, channels: [Channel], forms: [Slug], asking: AskRules
    ) -> [ServiceDefinition.Touchpoint] {
        var read: [(Place, ServiceDefinition.Touchpoint)] = []
        var keywords: Set<String> = []
        for item in list(place) {
            guard
                let entries = mapping(
                    item, required: ["id", "title", "channel"], optional: ["place", "ask", "keyword"])
            else { continue }
            let id = slug(entries["id"])
            let title = local(entries["title"])
            let channel = word(entries["channel"], Channel.self)
            if let channel, !channels.contains(channel), let at = entries["channel"] {
                report(at, "the service's channels do not list “\(channel.rawValue)”; add it there or choose another.")
            }
            let location = text(entries["place"])
            let ask = askPlan(entries["ask"], channel: channel, forms: forms, asking: asking)
            let keyword = keyword(entries["keyword"], channel: channel, ask: ask, taken: &keywords)
            guard let id, let title, let channel else { continue }
            read.append(
                (
                    item,
                    ServiceDefinition.Touchpoint(
                        id: id, title: title, channel: channel, place: location, ask: ask, keyword: keyword)
                ))
        }
        return unique(read, by: \.id.text, called: "touchpoint")
    }

    static let ruleKeys = ["share", "seed", "quiet_days", "at_most", "within_days"]

    /// The rules at a place, those not said taken from `base`.
    mutating func askRules(_ place: Place?, from base: AskRules) -> AskRules {
        guard let place, let entries = mapping(place, required: [], optional: Self.ruleKeys) else { return base }
        return askRules(entries, from: base)
    }

    private mutating func askRules(_ entries: [String: Place], from base: AskRules) -> AskRules {
        var rules = base
        if let at = entries["share"] {
            let share = number(at, in: 0...1, what: "the share of people asked,")
            if share == 0 { report(at, "a share of 0 asks nobody; take “ask” out instead.") }
            rules.share = share ?? rules.share
        }
        func whole(_ name: String, _ range: ClosedRange<Double>, _ what: String, _ old: Int) -> Int {
            guard let at = entries[name], let value = number(at, in: range, what: what) else { return old }
            if value != value.rounded() { report(at, "expected a whole number.") }
            return Int(value)
        }
        rules.seed = UInt64(whole("seed", 0...4_294_967_295, "a seed", Int(clamping: rules.seed)))
        rules.quietDays = whole("quiet_days", 0...3_650, "days of quiet", rules.quietDays)
        rules.atMost = whole("at_most", 1...1_000, "how often a person may be asked,", rules.atMost)
        rules.withinDays = whole("within_days", 1...3_650, "days", rules.withinDays)
        return rules
    }

    private mutating func askPlan(
        _ place: Place?, channel: Channel?, forms: [Slug], asking: AskRules
    ) -> AskPlan? {
        guard let place, let entries = mapping(place, required: ["form"], optional: Self.ruleKeys) else { return nil }
        let form = reference(entries["form"], to: forms, called: "form")
        let rules = askRules(entries, from: asking)
        if channel == .kiosk, let at = Self.ruleKeys.compactMap({ entries[$0] }).first {
            report(at, "nobody at a kiosk is known, so nobody can be drawn or spared; take this out.")
        }
        return form.map { AskPlan(form: $0, rules: rules) }
    }

    private mutating func keyword(
        _ place: Place?, channel: Channel?, ask: AskPlan?, taken: inout Set<String>
    ) -> String? {
        guard let place, let raw = text(place, limit: 20) else { return nil }
        let word = raw.uppercased()
        if !word.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }) {
            report(place, "a keyword is letters A–Z and digits: people type it on a telephone.")
        }
        if ReservedWords.all.contains(word) {
            report(place, "“\(word)” already means something in every conversation; choose another.")
        }
        if channel != .sms { report(place, "only a touchpoint of channel sms begins with a keyword.") }
        if ask == nil { report(place, "a keyword begins a form; say which with “ask: { form: … }”.") }
        if !taken.insert(word).inserted { report(place, "“\(word)” is the keyword of another touchpoint.") }
        return word
    }
}
