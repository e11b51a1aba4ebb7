/// Serves one fixture file: turns a case's input into results of the expected shape by calling the module.
///
/// How to add one
/// 1. `Adapters/<Method>Adapter.swift`: `extension FixtureAdapter { static let funnel = FixtureAdapter("funnel") { …
/// } }`;
///    the name is the fixture file's name without `.json`.
/// 2. One line in `AdaptersA.swift` or `AdaptersB.swift`.
///
/// The closure gets a `FixtureCase`: read `case.input` (references to other cases are already followed), call
/// the module, answer with `JSON.object`/a dictionary literal. Give counts, ranks and ids as `Int` (compared exactly)
/// and reals as `Double` (compared with the file's tolerance); `JSON.of(…)` turns optionals into null. Every key of
/// `expected` must be produced; more keys do no harm. Never look at `case.id` or at expected values: further cases of
/// the same form are dropped in, so the adapter depends on the input alone (`case.wanted` names the expected keys,
/// for fixtures that carry a parameter in a key's name).
struct FixtureAdapter: Sendable {
    let file: String
    /// Why the file cannot be checked here (something that is not part of the project is missing); nil when it can.
    let unavailable: @Sendable () -> String?
    let answer: @Sendable (FixtureCase) throws -> JSON

    init(
        _ file: String, unavailable: @escaping @Sendable () -> String? = { nil },
        answer: @escaping @Sendable (FixtureCase) throws -> JSON
    ) {
        self.file = file
        self.unavailable = unavailable
        self.answer = answer
    }

    static let catalogue: [String: FixtureAdapter] = Dictionary(
        (adaptersA + adaptersB).map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
}
