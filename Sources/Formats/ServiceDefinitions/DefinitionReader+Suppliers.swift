internal import Experience

extension DefinitionReader {
    /// The scorecard of the service's suppliers: every step, attribute and result it names must exist.
    mutating func suppliers(
        _ place: Place?, steps: [ServiceDefinition.Step], cohorts: [ServiceDefinition.CohortAttribute],
        results: [ServiceDefinition.Result], hasPromise: Bool
    ) -> SupplierRule? {
        guard let place,
            let parts = mapping(
                place, required: ["programme", "attribute", "shipped", "fulfilled"],
                optional: ["acknowledged", "backordered", "cancelled", "within"])
        else { return nil }
        let names = steps.map(\.id)
        let programme = word(parts["programme"], SupplierRule.Programme.self)
        let attribute = reference(
            parts["attribute"], to: cohorts.compactMap { Slug($0.name) }, called: "comparison attribute (cohorts)")
        let shipped = reference(parts["shipped"], to: names, called: "step")
        let fulfilled = reference(parts["fulfilled"], to: names, called: "step")
        let acknowledged = reference(parts["acknowledged"], to: names, called: "step")
        let backordered = reference(parts["backordered"], to: names, called: "step")
        let cancelled = reference(parts["cancelled"], to: results.map(\.id), called: "result")
        let within = budget(parts["within"])
        if programme == .globalSupply, acknowledged == nil, parts["acknowledged"] == nil {
            report(place, "this programme judges acknowledgements; name the step with acknowledged:.")
            return nil
        }
        if within == nil, parts["within"] == nil, !hasPromise {
            report(place, "nothing says when a line is due; add within: or a promise.")
            return nil
        }
        guard let programme, let attribute, let shipped, let fulfilled else { return nil }
        return SupplierRule(
            programme: programme, attribute: attribute.text, acknowledged: acknowledged, shipped: shipped,
            backordered: backordered, fulfilled: fulfilled, cancelled: cancelled, within: within)
    }
}
