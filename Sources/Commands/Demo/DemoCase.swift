import Experience

/// One simulated journey while it lasts.
struct DemoCase {
    let id: JourneyID
    var channel: Channel
    var touchpoint: String?
    /// Comparison attributes, in the order of the definition's cohorts.
    var cohorts: [(name: String, value: String)]
    var language: Language
    var clock = PromiseClock()
    /// How often a detour was taken.
    var detours = 0
    var chases = 0
    var isEnded = false
    var isGranted = false
    /// Something was wrong with what was delivered.
    var isFaulty = false
    var result: String?
    var events = 0
    var pauses = 0
    var openPause: String?

    func cohort(_ name: String) -> String { cohorts.first { $0.name == name }?.value ?? "" }
}

/// What happens next on a journey.
enum Move {
    /// A unit does it, when its turn comes.
    case work(station: Int, minutes: Double, activity: String)
    /// It happens by itself, or someone outside does it, after some working days.
    case workingDays(Double, activity: String, by: Actor? = nil)
    case days(Double, activity: String, by: Actor? = nil)
    /// We close it without the last step.
    case close(result: String, afterDays: Double = 0)
    case end
}

/// A staff unit as a service plans it.
struct StationPlan {
    let unit: String
    /// Minutes of its work that an average journey takes.
    let minutesPerCase: Double
    /// Share of its time that the year's work takes; above 1 it falls ever further behind.
    let load: Double
    /// Later staffing: from that day of the year, so many times the first number.
    var changes: [(day: Int, factor: Double)] = []
    /// The share of the cases that come to it.
    var share = 1.0
}

/// What is particular about one service.
protocol DemoModel: Sendable {
    var service: String { get }
    /// Starts the ids of its journeys.
    var prefix: String { get }
    var volume: Int { get }
    var stations: [StationPlan] { get }
    /// The unit that answers calls.
    var callStation: Int { get }
    /// How much is asked for on a day, against other days.
    func demand(on date: CivilDate, day: Int) -> Double
    func channels() -> [(Channel, String?, Double)]
    func cohorts(_ random: inout DemoRandom, channel: Channel) -> [(name: String, value: String)]
    /// What follows an activity; the first is the definition's first step.
    func next(after activity: String, _ journey: inout DemoCase, _ random: inout DemoRandom) -> Move
    /// Results that mean the person got it.
    func isGranted(_ result: String) -> Bool
}
