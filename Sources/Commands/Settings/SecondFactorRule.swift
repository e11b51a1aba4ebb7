internal import Configuration
package import Site

/// Who must have a second factor to sign in.
///
/// Nobody, where nothing is said: the first administrator of a new installation comes in by the printed link and the
/// password alone, with no phone at hand. Whoever lets others reach the site should ask for it, and `doctor` says so.
package enum SecondFactorRule: String, Sendable, CaseIterable {
    case none, administrators, owners, all

    package func includes(_ role: StaffAccount.Role) -> Bool {
        switch self {
        case .none: false
        case .administrators: role >= .administrator
        case .owners: role >= .owner
        case .all: true
        }
    }

    init(_ config: ConfigReader) throws {
        let word = config.string(forKey: "second.factor", default: SecondFactorRule.none.rawValue)
        guard let rule = SecondFactorRule(rawValue: word) else {
            let words = SecondFactorRule.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("second.factor is “\(word.prefix(40))”; use one of: \(words).")
        }
        self = rule
    }
}
