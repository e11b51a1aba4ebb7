import Experience

/// The comparison attributes of a journey: a JSON object of texts, keys in order.
enum CohortText {
    static func encode(_ cohorts: [String: String]) -> [UInt8] {
        AttributeText.encode(cohorts.mapValues(AttributeValue.text)) ?? AttributeText.empty
    }

    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [String: String] {
        (AttributeText.decode(bytes) ?? [:]).mapValues(\.plain)
    }
}
