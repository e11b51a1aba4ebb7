// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// The product's analyses are seen through links, so that they are measured at package access, as the product uses them.
let package = Package(
    name: "throughline-feedback-bench",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    ],
    targets: [
        .target(name: "Experience", swiftSettings: settings),
        .target(
            name: "Statistics", dependencies: [.product(name: "Numerics", package: "swift-numerics")],
            exclude: ["Statistics.docc"], swiftSettings: settings),
        .target(name: "JourneyEngine", swiftSettings: settings),
        .target(
            name: "Analyses",
            dependencies: [
                "Experience", "Statistics", "JourneyEngine", .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "Collections", package: "swift-collections"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "feedback-bench", dependencies: ["Experience", "Statistics", "JourneyEngine", "Analyses"],
            swiftSettings: settings),
    ]
)
