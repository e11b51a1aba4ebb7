import Experience

/// Supply orders: suppliers differ, the end of the fiscal year is busy, and overseas is far.
struct SupplyModel: DemoModel {
    let service = "supply-order"
    let prefix = "SO"
    let volume = 7_000
    let callStation = 0
    let stations = [StationPlan(unit: "Order desk", minutesPerCase: 4, load: 0.5)]

    private struct Supplier {
        let id: String
        let weight: Double
        /// Median working days from acknowledgement to shipping, and how much it varies.
        let shipping: Double
        let spread: Double
        let backorders: Double
        let faults: Double
        let product: String
    }

    private static let suppliers = [
        Supplier(
            id: "atlas", weight: 0.24, shipping: 4, spread: 0.3, backorders: 0.03, faults: 0.015, product: "furniture"),
        Supplier(
            id: "birchwood", weight: 0.14, shipping: 8, spread: 0.55, backorders: 0.1, faults: 0.04,
            product: "furniture"),
        Supplier(
            id: "coastal", weight: 0.17, shipping: 5, spread: 0.4, backorders: 0.06, faults: 0.02, product: "safety"),
        Supplier(
            id: "delmar", weight: 0.13, shipping: 10, spread: 0.75, backorders: 0.2, faults: 0.08, product: "tools"),
        Supplier(
            id: "evergreen", weight: 0.19, shipping: 3, spread: 0.3, backorders: 0.04, faults: 0.02, product: "paper"),
        Supplier(
            id: "foundry", weight: 0.13, shipping: 6, spread: 0.5, backorders: 0.08, faults: 0.03, product: "tools"),
    ]

    func demand(on date: CivilDate, day: Int) -> Double {
        let season = [0.8, 0.85, 0.95, 0.95, 1.0, 1.0, 1.05, 1.3, 1.9, 0.7, 0.75, 0.7]
        return season[date.month - 1] * (date.weekday >= 6 ? 0.08 : 1)
    }

    func channels() -> [(Channel, String?, Double)] {
        [(.web, "storefront", 0.8), (.phone, "order-desk", 0.12), (.email, nil, 0.08)]
    }

    func cohorts(_ random: inout DemoRandom, channel: Channel) -> [(name: String, value: String)] {
        let supplier = random.pick(SupplyModel.suppliers.map { ($0, $0.weight) })
        let others: [(String, Double)] = [
            (supplier.product, 0.8), ("furniture", 0.05), ("tools", 0.05), ("safety", 0.05), ("paper", 0.05),
        ]
        let product = random.pick(others)
        let destination = random.pick([("east", 0.4), ("central", 0.26), ("west", 0.24), ("overseas", 0.1)])
        return [("supplier", supplier.id), ("product", product), ("destination", destination)]
    }

    func next(after activity: String, _ journey: inout DemoCase, _ random: inout DemoRandom) -> Move {
        let id = journey.cohort("supplier")
        guard let supplier = SupplyModel.suppliers.first(where: { $0.id == id }) else { return .end }
        let actor = Actor(.partner, id: "supplier-\(id)", unit: "Supplier")
        switch activity {
        case "ordered": return .workingDays(random.between(0.01, 0.5), activity: "funds-checked", by: Actor(.system))
        case "funds-checked":
            if random.chance(0.018) { return .close(result: "cancelled") }
            return .workingDays(random.lognormal(median: 0.6, sigma: 0.8), activity: "acknowledged", by: actor)
        case "acknowledged":
            if random.chance(supplier.backorders) {
                return .workingDays(random.between(0.5, 3), activity: "backordered", by: actor)
            }
            return ship(supplier, by: actor, &random)
        case "backordered":
            journey.detours += 1
            if random.chance(0.12) { return .close(result: "cancelled", afterDays: random.between(15, 40)) }
            return .workingDays(random.lognormal(median: 14, sigma: 0.5), activity: "shipped", by: actor)
        case "shipped":
            journey.isFaulty = random.chance(supplier.faults)
            let transit: [String: Double] = ["east": 3, "central": 4, "west": 5, "overseas": 15]
            let days = random.lognormal(median: transit[journey.cohort("destination")] ?? 4, sigma: 0.35)
            return .days(days, activity: "delivered", by: Actor(.partner, id: "carrier", unit: "Carrier"))
        case "delivered":
            if journey.isFaulty, random.chance(0.7) {
                return .days(random.between(1, 12), activity: "returned", by: Actor(.person))
            }
            return .end
        default: return .end
        }
    }

    private func ship(_ supplier: Supplier, by actor: Actor, _ random: inout DemoRandom) -> Move {
        .workingDays(
            random.lognormal(median: supplier.shipping, sigma: supplier.spread), activity: "shipped", by: actor)
    }

    func isGranted(_ result: String) -> Bool { result == "delivered" }
}
