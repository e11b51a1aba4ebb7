/// What the staff pages ask of the analyses.
package struct StaffDesk: Sendable {
    package init() {}
}
