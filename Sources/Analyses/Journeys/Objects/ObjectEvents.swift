/// Events that each concern several objects of several kinds (OCEL 2.0: Berti et al. 2024), as plain columns: what the
/// object-centric questions take, whatever file or store it came from.
package struct ObjectEvents: Sendable, Hashable {
    package struct Object: Sendable, Hashable {
        package var id: String
        package var type: String

        package init(id: String, type: String) {
            self.id = id
            self.type = type
        }
    }

    package struct Event: Sendable, Hashable {
        package var activity: String
        /// Microseconds since 1970 UTC.
        package var time: Int64
        /// Places in `objects`.
        package var objects: [Int]

        package init(activity: String, time: Int64, objects: [Int]) {
            self.activity = activity
            self.time = time
            self.objects = objects
        }
    }

    package var objects: [Object]
    /// In any order; equal times keep theirs.
    package var events: [Event]

    package init(objects: [Object], events: [Event]) {
        self.objects = objects
        self.events = events
    }
}
