// swift-tools-version: 6.2
import PackageDescription

// The parts of the product that read what others wrote, built for libFuzzer: `.ci/fuzz`. A package of its own, so that the
// product is never built with a sanitizer by accident, and nothing is built here that is not fuzzed.

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let sanitizers = "-sanitize=fuzzer,address"

/// A library of the product.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(name)")
}

/// A library of the system; its headers are those the product needs.
func system(_ name: String, pkgConfig: String) -> Target {
    .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig)
}

let package = Package(
    name: "fuzz",
    dependencies: [
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    ],
    targets: [
        system("CCurl", pkgConfig: "libcurl"),
        system("CYAML", pkgConfig: "yaml-0.1"),
        system("COpenSSL", pkgConfig: "libcrypto"),
        system("CICal", pkgConfig: "libical"),
        .systemLibrary(name: "CFuzzer", path: "CFuzzer"),
        library("JSON"),
        library("ReconcileModel", ["JSON"]),
        library("ZoneData", ["ReconcileModel"]),
        library("Recurring", ["CICal", "ReconcileModel", "ZoneData"]),
        library("ConfigLoading", ["CYAML", "JSON", "ReconcileModel", "ZoneData"]),
        library("Transport", ["CCurl", "ReconcileModel", httpTypes, logging, metrics, tracing]),
        library("Signing", ["COpenSSL", "JSON"]),
        library("NotionAPI", ["JSON", "ReconcileModel", "Transport", httpTypes]),
        library("CalendarAPI", ["JSON", "ReconcileModel", "Recurring", "Signing", "Transport", "ZoneData", httpTypes]),
        library("Mapping", ["JSON", "NotionAPI", "ReconcileModel", "Recurring", "Signing", "ZoneData"]),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CFuzzer", "CalendarAPI", "ConfigLoading", "JSON", "Mapping", "NotionAPI", "ReconcileModel",
                "Recurring",
                "Transport",
                httpTypes,
            ],
            path: "Targets",
            // gold, the linker that is usual on Linux, cannot link what the fuzzer's runtime hides.
            linkerSettings: [.unsafeFlags([sanitizers, "-use-ld=lld"])]
        ),
    ]
)

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // Testing, because parsers are internal. It is built for release, where overflow and bounds are still checked.
    .unsafeFlags([sanitizers, "-enable-testing"]),
]
for target in package.targets where target.type != .system { target.swiftSettings = settings }
