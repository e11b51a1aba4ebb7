/// What one check found: a line of `throughline doctor`.
package struct Finding: Sendable, Hashable, Encodable {
    package enum State: String, Sendable, Encodable, CaseIterable, Comparable {
        case ok, warn, fail

        package static func < (a: State, b: State) -> Bool { a.rank < b.rank }
        private var rank: Int { State.allCases.firstIndex(of: self) ?? 0 }
    }

    package var name: String
    package var state: State
    /// What was found. Never a secret.
    package var said: String
    /// What to do about it; nil where all is well.
    package var advice: String?

    static func ok(_ name: String, _ said: String) -> Finding {
        Finding(name: name, state: .ok, said: said, advice: nil)
    }

    static func warn(_ name: String, _ said: String, _ advice: String) -> Finding {
        Finding(name: name, state: .warn, said: said, advice: advice)
    }

    static func fail(_ name: String, _ said: String, _ advice: String) -> Finding {
        Finding(name: name, state: .fail, said: said, advice: advice)
    }
}
