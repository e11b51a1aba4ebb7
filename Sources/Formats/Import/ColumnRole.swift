/// What a column of a table, or a key of a JSON object, holds.
package enum ColumnRole: String, Sendable, Hashable, CaseIterable {
    case journey, activity, time, resource, lifecycle, recorded

    package var title: String {
        switch self {
        case .journey: "journey (case)"
        case .activity: "activity"
        case .time: "time"
        case .resource: "resource"
        case .lifecycle: "lifecycle"
        case .recorded: "time recorded"
        }
    }

    /// Without these three there is no event.
    static let required: [ColumnRole] = [.journey, .activity, .time]

    /// Names that tell a column's role, best first: the XES names first, then what exports of case systems use.
    var names: [String] {
        switch self {
        case .journey:
            [
                "caseconceptname", "journey", "journeyid", "case", "caseid", "caseidentifier", "casenumber", "caseno",
                "trace",
                "traceid", "tracename", "caseconcept", "processinstance", "processinstanceid", "instanceid",
                "serviceid",
                "requestid", "servicerequestid", "ticket", "ticketid", "ticketnumber", "orderid", "ordernumber",
                "applicationid",
                "applicationnumber", "incidentid", "incident", "claimid", "srnumber", "patientid", "permitnumber", "id",
            ]
        case .activity:
            [
                "conceptname", "activity", "activityname", "activityid", "event", "eventname", "task", "taskname",
                "operation", "step",
                "stepname", "action", "eventtype", "activitytype", "status", "milestone", "type",
            ]
        case .time:
            [
                "timetimestamp", "timestamp", "occurred", "occurredat", "time", "completetimestamp", "endtimestamp",
                "completetime",
                "enddate", "endtime", "completed", "datetime", "eventtime", "eventtimestamp", "eventdate", "date",
                "starttimestamp",
                "startdate", "starttime", "createdat", "created",
            ]
        case .resource:
            [
                "orgresource", "resource", "actor", "user", "username", "agent", "officer", "employee", "performer",
                "assignee",
            ]
        case .lifecycle: ["lifecycletransition", "lifecycle", "transition"]
        case .recorded: ["recorded", "recordedat", "recordedtime"]
        }
    }

    /// Only letters and digits, small: "Case ID", "case_id" and "case:ID" are one name.
    static func normal(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }))
    }
}

/// Which column was taken for a role, and whether it was named or guessed.
package struct AssignedRole: Sendable, Hashable {
    package var role: ColumnRole
    package var column: String
    package var guessed: Bool
}
