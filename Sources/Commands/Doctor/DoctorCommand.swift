internal import ArgumentParser
internal import Foundation

/// Looks at everything the server needs before it is started, and changes nothing.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check the configuration and everything the server needs; change nothing.",
        discussion: """
            A line for each check: ok, warn or fail, what was found and what to do. Exits with 0 when nothing fails, \
            with 1 when something does (with --strict also for warnings). Takes the flags of serve.
            """)

    @Flag(help: "As one JSON document.")
    var json = false

    @Flag(help: "Exit with 1 for warnings too.")
    var strict = false

    @Flag(help: "List every setting, its value and where it comes from; secrets are not shown.")
    var settings = false

    @OptionGroup var flags: ServeFlags
    @OptionGroup var data: DataPlace
    @OptionGroup var place: ServicesPlace

    func run() async throws {
        if settings {
            for line in await SettingsTable(flags: flags, data: data, place: place).lines() { print(line) }
            return
        }
        let findings = await Examination(flags: flags, data: data, place: place).findings()
        let worst = findings.map(\.state).max() ?? .ok
        if json {
            struct Document: Encodable {
                var status: Finding.State
                var findings: [Finding]
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let document = try encoder.encode(Document(status: worst, findings: findings))
            print(String(decoding: document, as: UTF8.self))
        } else {
            let width = findings.map(\.name.count).max() ?? 0
            for one in findings {
                let name = one.name + String(repeating: " ", count: width - one.name.count)
                print("\(one.state.rawValue.padded(4))  \(name)  \(one.said)")
                if let advice = one.advice { print("      \(String(repeating: " ", count: width))  → \(advice)") }
            }
        }
        if worst == .fail || (strict && worst == .warn) { throw ExitCode(1) }
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
