import Foundation
import Storage
import Testing

/// The databases a record can live in. A test runs on the one that is current for its task.
enum DatabaseKind: String, Sendable, CaseIterable {
    case sqlite, postgres

    @TaskLocal static var current = DatabaseKind.sqlite

    /// Those installed; THROUGHLINE_TEST_DATABASE names one to run alone.
    static let available: [DatabaseKind] = {
        let installed = allCases.filter { $0 == .sqlite || PostgresServer.programs != nil }
        guard let name = ProcessInfo.processInfo.environment["THROUGHLINE_TEST_DATABASE"] else { return installed }
        return installed.filter { $0.rawValue == name }
    }()
}

/// Runs each test on every database there is: what it claims is the contract of the store.
struct EveryDatabase: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        for kind in DatabaseKind.available {
            try await DatabaseKind.$current.withValue(kind) { try await function() }
        }
    }
}

extension Trait where Self == EveryDatabase {
    static var everyDatabase: EveryDatabase { EveryDatabase() }
}

/// For tests of what only PostgreSQL does.
extension Trait where Self == ConditionTrait {
    static var needsPostgres: ConditionTrait {
        .enabled(if: DatabaseKind.available.contains(.postgres), "PostgreSQL is not installed (Debian: postgresql).")
    }
}
