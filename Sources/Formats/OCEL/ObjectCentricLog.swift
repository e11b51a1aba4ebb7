package import Experience

/// An object-centric event log (OCEL 2.0): events that each concern several objects of several types.
///
/// Objects, types and events are referred to by their place in the arrays. Events are in the order of the file.
package struct ObjectCentricLog: Sendable, Hashable {
    package struct Relation: Sendable, Hashable {
        /// Index of the object.
        package var object: Int
        /// What the object is to the event or to the other object; may be empty.
        package var qualifier: String
    }

    /// The value of an object's attribute from a time on.
    package struct ObjectValue: Sendable, Hashable {
        package var name: String
        /// Microseconds since 1970-01-01T00:00:00Z.
        package var time: Int64
        package var value: AttributeValue
    }

    package struct Object: Sendable, Hashable {
        package var id: String
        /// Index of the object's type.
        package var type: Int
        package var values: [ObjectValue] = []
        package var relations: [Relation] = []
    }

    package struct Event: Sendable, Hashable {
        package var id: String
        /// Index of the event's type, which is its activity.
        package var type: Int
        package var time: Int64
        package var attributes: [String: AttributeValue] = [:]
        package var relations: [Relation] = []
        package var line: Int = 0
    }

    package var objectTypes: [String] = []
    package var eventTypes: [String] = []
    package var objects: [Object] = []
    package var events: [Event] = []
    /// Relations that named no object of the log and were left out.
    package var danglingRelations = 0
    /// Events and objects left out, with the reason.
    package var rejected: [RejectedRow] = []

    package init() {}

    /// The index of the object type that is to be the journey: the one named, or the only one that events refer to.
    package func journeyType(_ name: String?) throws(FormatError) -> Int {
        if let name {
            guard let index = objectTypes.firstIndex(of: name) else {
                throw .unknownObjectType(name: name, types: objectTypes)
            }
            return index
        }
        guard objectTypes.count == 1 else { throw .unknownObjectType(name: nil, types: objectTypes) }
        return 0
    }
}
