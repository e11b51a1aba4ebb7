/// The eleven places for questions in the published quarterly data: seven of the standard, four of the agency's own.
package enum SurveyItem: Int, CaseIterable, Sendable, Codable, Comparable {
    case satisfaction = 1, trust, effectiveness, ease, efficiency, transparency, employee, own1, own2, own3, own4

    /// The standard item a form's question measures; nil for what the seven items do not hold.
    package init?(_ driver: Question.Driver) {
        switch driver {
        case .satisfaction: self = .satisfaction
        case .trust: self = .trust
        case .effectiveness: self = .effectiveness
        case .ease: self = .ease
        case .efficiency: self = .efficiency
        case .transparency: self = .transparency
        case .employee: self = .employee
        case .humanity: return nil
        }
    }

    /// Parts of the index: what may explain trust and satisfaction, which stand beside it.
    package static let drivers: [SurveyItem] = [.effectiveness, .ease, .efficiency, .transparency, .employee]
    package static let standard: [SurveyItem] = [.satisfaction, .trust] + drivers

    package var isDriver: Bool { SurveyItem.drivers.contains(self) }

    /// A name that stays the same in files and addresses.
    package var name: String {
        switch self {
        case .satisfaction: "satisfaction"
        case .trust: "trust"
        case .effectiveness: "effectiveness"
        case .ease: "ease"
        case .efficiency: "efficiency"
        case .transparency: "transparency"
        case .employee: "employee"
        case .own1, .own2, .own3, .own4: "own_\(rawValue - 7)"
        }
    }

    package static func < (a: SurveyItem, b: SurveyItem) -> Bool { a.rawValue < b.rawValue }
}

/// What lay behind trust or its lack, as people tick it in the second version of the survey.
package enum MentionedDriver: String, CaseIterable, Sendable, Codable {
    case effectiveness, ease, efficiency, transparency, humanity, employee, other
}
