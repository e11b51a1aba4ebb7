internal import JourneyEngine

/// The engine's form of a working calendar. Named here, where only the engine is imported: `Experience` has a type of
/// the same name, the rules these hours come from.
typealias OpenHours = WorkingCalendar
