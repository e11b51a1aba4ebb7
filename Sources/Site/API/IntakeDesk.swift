/// Where programs send events and responses.
package struct IntakeDesk: Sendable {
    package init() {}
}
