/// A dictionary-coded attribute a log carries.
package struct AttributeDeclaration: Sendable, Hashable {
    package enum Level: UInt8, Sendable { case journey, event }

    package var name: String
    package var level: Level

    package init(_ name: String, level: Level) {
        self.name = name
        self.level = level
    }
}
