import Experience
import Foundation
import Formats
import Storage
import Testing

/// The `feedback` commands as a person calls them: the program itself, with files and a record of its own.
@Suite(.serialized) struct FeedbackCommandTests {
    struct Said {
        var status: Int32
        var out: String
        var err: String
    }

    /// The program lies beside the tests.
    static func call(_ arguments: [String]) async throws -> Said {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let program = try #require(
            [beside, root.appendingPathComponent(".build/debug")].map { $0.appendingPathComponent("throughline") }
                .first { FileManager.default.isExecutableFile(atPath: $0.path) },
            "the program is not built; run “swift build” first")
        let folder = FileManager.default.temporaryDirectory
        let (out, err) = (folder.appendingPathComponent("\(UUID())"), folder.appendingPathComponent("\(UUID())"))
        for file in [out, err] { FileManager.default.createFile(atPath: file.path, contents: nil) }
        defer { for file in [out, err] { try? FileManager.default.removeItem(at: file) } }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = root
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Said(
            status: status, out: try String(contentsOf: out, encoding: .utf8),
            err: try String(contentsOf: err, encoding: .utf8))
    }

    static func survey(_ id: String, trust: [Int], offered: Int) -> SurveyQuarter {
        var survey = SurveyQuarter(
            id: id, organisation: .init(id: "1", name: "Department of Roads", abbreviation: "DOR"),
            quarter: FiscalQuarter("FY2021Q2")!, serviceProvided: "Permits", transactionPoint: "Online",
            channel: "computer", customers: 900, offered: offered, respondents: trust.reduce(0, +),
            service: .init(id: "7", name: "Permits"))
        survey[.trust] = .init(text: "I trust it.", counts: trust)
        survey[.trust].publishedMean = survey[.trust].mean.map { ($0 * 100).rounded() / 100 }
        return survey
    }

    static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("feedback-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    static func published(_ folder: URL) throws -> String {
        let file = folder.appendingPathComponent("published.csv")
        let surveys = [
            survey("a", trust: [10, 0, 0, 20, 30], offered: 240), survey("b", trust: [0, 0, 10, 0, 10], offered: 0),
        ]
        try Data(PublishedSurveys.write(surveys).utf8).write(to: file)
        return file.path
    }

    @Test func scoresAPublishedFileAndTellsItsTraps() async throws {
        try await Self.withFolder { folder in
            let said = try await Self.call(["feedback", "score", try Self.published(folder), "--json"])
            #expect(said.status == 0)
            let found = try #require(
                try JSONSerialization.jsonObject(with: Data(said.out.utf8)) as? [String: Any])
            #expect(found["surveys"] as? Int == 2 && found["customers"] as? Int == 1_800)
            #expect(found["offered"] as? Int == 240 && found["respondents"] as? Int == 80)
            #expect(found["trust_answers"] as? Int == 80 && found["trust_share"] as? Double == 0.75)
            #expect(found["response_rate_median"] as? Double == 0.25)
            let quarters = try #require(found["by_quarter"] as? [String: Any])
            #expect(Array(quarters.keys) == ["FY2021Q2"])
            let issues = try #require(found["issues"] as? [[String: Any]])
            #expect(issues.contains { $0["kind"] as? String == "zero_offered" && $0["row"] as? Int == 3 })
        }
    }

    @Test func importsAndReportsAQuarterAsItWasPublished() async throws {
        try await Self.withFolder { folder in
            let (file, data) = (try Self.published(folder), folder.appendingPathComponent("data").path)
            #expect(try await Self.call(["feedback", "import", file, "--data", data]).status == 0)
            // The same file again replaces what it brought.
            #expect(try await Self.call(["feedback", "import", file, "--data", data]).status == 0)
            let said = try await Self.call(
                ["feedback", "report", "--quarter", "FY2021Q2", "--format", "csv", "--data", data])
            #expect(said.status == 0)
            let rows = try PublishedSurveys.read(Array(said.out.utf8)).rows.map(\.survey)
            #expect(rows.map(\.id).sorted() == ["a", "b"])
            #expect(rows.first { $0.id == "a" }?[.trust].counts == [10, 0, 0, 20, 30])
        }
    }

    @Test(arguments: [
        (["feedback", "report", "--quarter", "2021-2"], "FY2021Q2"),
        (["feedback", "report", "--quarter", "FY2021Q2", "--zone", "Moon/Base"], "America/New_York"),
        (["feedback", "report", "--quarter", "FY2021Q2", "--service", "nope"], "services check"),
        (["feedback", "score", "/nowhere/at/all.csv"], "check the name"),
    ])
    func saysWhatToDoAboutBadInput(arguments: [String], hint: String) async throws {
        try await Self.withFolder { folder in
            let more = arguments[1] == "report" ? ["--data", folder.path] : []
            let said = try await Self.call(arguments + more)
            #expect(said.status != 0 && said.err.contains(hint), "\(said.err)")
        }
    }

    @Test func anUploadHoldsWhatPeopleWroteWithPersonalDataTakenOut() async throws {
        try await Self.withFolder { folder in
            let (services, data) = (folder.appendingPathComponent("s"), folder.appendingPathComponent("data").path)
            try FileManager.default.createDirectory(at: services, withIntermediateDirectories: true)
            try Data(Self.yaml.utf8).write(to: services.appendingPathComponent("permit.yaml"))
            let answers = folder.appendingPathComponent("answers.csv")
            try Data(
                """
                id,trust,positive,negative,comment,occurred
                1,up,ease,,"It was quick, call me at 212-555-0147.",2021-02-01T12:00:00-05:00
                2,down,,efficiency,,2021-02-02T12:00:00-05:00

                """.utf8
            ).write(to: answers)
            let place = ["--data", data, "--services", services.path]
            let taken = try await Self.call(
                ["responses", "import", answers.path, "--service", "permit", "--form", "trusting"] + place)
            #expect(taken.status == 0, "\(taken.err)\(taken.out)")
            let out = folder.appendingPathComponent("out")
            let said = try await Self.call(
                ["feedback", "report", "--quarter", "FY2021Q2", "--format", "a11-v2", "--to", out.path] + place)
            #expect(said.status == 0, "\(said.err)")
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: out.path).first { $0.hasSuffix("upload.csv") })
            let bytes = [UInt8](try Data(contentsOf: out.appendingPathComponent(name)))
            let rows = try TrustAnswerFile.read(bytes)
            #expect(rows.problems.isEmpty && rows.answers.map(\.trust) == [1, 0])
            #expect(rows.answers[0].comment.hasPrefix("It was quick") && rows.answers[1].comment.isEmpty)
            #expect(!rows.answers[0].comment.contains("0147"))
        }
    }

    static let yaml = """
        service: permit
        agency: { id: roads, name: { en: Roads, es: Caminos } }
        title: { en: Permit, es: Permiso }
        summary: { en: A permit., es: Un permiso. }
        channels: [web]
        steps:
          - { id: asked, title: { en: Asked, es: Pedido }, by: person }
          - { id: done, title: { en: Done, es: Hecho }, by: staff, closes: true }
        outcome_question: { en: "Did you get it?", es: "¿Lo obtuvo?" }
        forms:
          - id: trusting
            title: { en: Trust, es: Confianza }
            questions:
              - { id: trust, kind: thumbs, required: true, driver: trust, text: { en: I trust you., es: Confío. } }
              - id: positive
                kind: multiple
                text: { en: "What went well?", es: "¿Qué salió bien?" }
                options:
                  - { id: effectiveness, title: { en: Worked, es: Funcionó } }
                  - { id: ease, title: { en: Easy, es: Fácil } }
              - id: negative
                kind: multiple
                text: { en: "What could be better?", es: "¿Qué mejorar?" }
                options:
                  - { id: effectiveness, title: { en: Did not work, es: No funcionó } }
                  - { id: ease, title: { en: Hard, es: Difícil } }
                  - { id: efficiency, title: { en: Slow, es: Lento } }
              - { id: comment, kind: long_text, text: { en: "Anything else?", es: "¿Algo más?" } }

        """
}
