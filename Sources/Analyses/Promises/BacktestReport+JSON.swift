extension BacktestReport: Encodable {
    private enum Key: String, CodingKey {
        case confidence, n, kept, pinball, stages, months, calibration, unquoted
        case keptLow = "kept_low"
        case keptHigh = "kept_high"
        case meanLead = "mean_lead_days"
        case medianLead = "median_lead_days"
        case worstMonth = "worst_month"
        case worstMonthKept = "worst_month_kept"
        case worstGroup = "worst_group"
        case quotedShare = "quoted_share"
        case intervalDays = "interval_days"
        case ownKept = "own_kept"
        case ownMeanLead = "own_mean_lead_days"
        case ownPinball = "own_pinball"
        case matchedConfidence = "matched_confidence"
        case matchedMeanLead = "matched_mean_lead_days"
        case matchedOwnMeanLead = "matched_own_mean_lead_days"
        case pooledKept = "pooled_kept"
        case pooledMeanLead = "pooled_mean_lead_days"
        case warnedShare = "warned_share"
        case warnedDaysMedian = "warned_days_median"
        case warnedRight = "warned_right"
        case openPastDue = "open_past_due"
    }

    /// Figures without data are null, so that every key is always there.
    package func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(confidence, forKey: .confidence)
        try box.encode(n, forKey: .n)
        try box.encode(kept, forKey: .kept)
        try box.encode(keptLow, forKey: .keptLow)
        try box.encode(keptHigh, forKey: .keptHigh)
        try box.encode(meanLead, forKey: .meanLead)
        try box.encode(medianLead, forKey: .medianLead)
        try box.encode(worstMonth, forKey: .worstMonth)
        try box.encode(worstMonthKept, forKey: .worstMonthKept)
        try box.encode(worstGroup, forKey: .worstGroup)
        try box.encode(months, forKey: .months)
        try box.encode(quotedShare, forKey: .quotedShare)
        try box.encode(pinball, forKey: .pinball)
        try box.encode(intervalDays, forKey: .intervalDays)
        try box.encode(ownKept, forKey: .ownKept)
        try box.encode(ownMeanLead, forKey: .ownMeanLead)
        try box.encode(ownPinball, forKey: .ownPinball)
        try box.encode(matchedConfidence, forKey: .matchedConfidence)
        try box.encode(matchedMeanLead, forKey: .matchedMeanLead)
        try box.encode(matchedOwnMeanLead, forKey: .matchedOwnMeanLead)
        try box.encode(pooledKept, forKey: .pooledKept)
        try box.encode(pooledMeanLead, forKey: .pooledMeanLead)
        try box.encode(warnedShare, forKey: .warnedShare)
        try box.encode(warnedDaysMedian, forKey: .warnedDaysMedian)
        try box.encode(warnedRight, forKey: .warnedRight)
        try box.encode(stages, forKey: .stages)
        try box.encode(calibration, forKey: .calibration)
        try box.encode(openPastDue, forKey: .openPastDue)
        try box.encode(unquoted, forKey: .unquoted)
    }
}

extension BacktestReport.Month: Encodable {
    private enum Key: String, CodingKey {
        case month, n, kept
        case meanLead = "mean_lead_days"
    }

    package func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(month, forKey: .month)
        try box.encode(n, forKey: .n)
        try box.encode(kept, forKey: .kept)
        try box.encode(meanLead, forKey: .meanLead)
    }
}

extension BacktestReport.Stage: Encodable {
    private enum Key: String, CodingKey {
        case milestone, n, kept
        case meanLead = "mean_lead_days"
        case meanFirstLead = "mean_first_lead_days"
        case meanLeft = "mean_left_days"
    }

    package func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(milestone, forKey: .milestone)
        try box.encode(n, forKey: .n)
        try box.encode(kept, forKey: .kept)
        try box.encode(meanLead, forKey: .meanLead)
        try box.encode(meanFirstLead, forKey: .meanFirstLead)
        try box.encode(meanLeft, forKey: .meanLeft)
    }
}
