import Commands
import Crypto
import Foundation
import Testing

@Suite struct LeakedPasswordsTests {
    private static func hash(_ password: String) -> String {
        Insecure.SHA1.hash(data: Data(password.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined().uppercased()
    }

    /// A list of passwords as a file, ended the way a system ends lines.
    private static func file(
        _ passwords: [String], ending: String = "\n", isLast: Bool = true
    ) throws -> LeakedPasswords {
        let lines = passwords.map(hash).sorted().enumerated().map { $1 + ($0.isMultiple(of: 3) ? "" : ":\($0 * 977)") }
        return try file(text: lines.joined(separator: ending) + (isLast ? ending : ""))
    }

    private static func file(text: String) throws -> LeakedPasswords {
        let path = FileManager.default.temporaryDirectory.path + "/leaked-\(UUID().uuidString).txt"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return LeakedPasswords(path: path)
    }

    @Test(arguments: ["\n", "\r\n"], [true, false])
    func everyLeakedPasswordIsFoundAndNoOther(ending: String, isLast: Bool) async throws {
        for count in [1, 2, 3, 500] {
            let leaked = (0..<count).map { "leaked password \($0)" }
            let list = try Self.file(leaked, ending: ending, isLast: isLast)
            defer { try? FileManager.default.removeItem(atPath: list.path) }
            try list.check()
            for password in leaked {
                let isFound = try await list.contains(password)
                #expect(isFound, "\(password) of \(count)")
            }
            for number in 0..<200 {
                let isFound = try await list.contains("another \(number)")
                #expect(!isFound)
            }
        }
    }

    @Test func aKnownHashIsFoundInEitherCase() async throws {
        // SHA-1 of "password", as everybody writes it.
        for text in ["5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9\n", "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"] {
            let list = try Self.file(text: text)
            defer { try? FileManager.default.removeItem(atPath: list.path) }
            let isFound = try await list.contains("password")
            #expect(isFound)
        }
    }

    @Test(arguments: [
        "", "password\n", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8FF\n", String(repeating: "A", count: 4_000),
        "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9\n1BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9\n",
    ])
    func whatIsNoSuchListIsRefused(text: String) throws {
        let list = try Self.file(text: text)
        defer { try? FileManager.default.removeItem(atPath: list.path) }
        #expect(throws: LeakedPasswords.Unusable.self) { try list.check() }
    }

    @Test func aListThatIsNotThereIsRefused() async throws {
        let list = LeakedPasswords(path: "/nowhere/leaked.txt")
        #expect(throws: LeakedPasswords.Unusable.self) { try list.check() }
        await #expect(throws: LeakedPasswords.Unusable.self) { _ = try await list.contains("x") }
    }
}
