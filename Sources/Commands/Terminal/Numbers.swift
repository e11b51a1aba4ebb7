internal import Foundation

func oneDecimal(_ value: Double) -> String { String(format: "%.1f", value) }
