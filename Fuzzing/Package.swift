// swift-tools-version:6.2
import PackageDescription

let package = Package(
  name: "fuzzing",
  dependencies: [.package(name: "guanxi", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", .product(name: "Workings", package: "guanxi")],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")],
      // gold, the usual one, fails on what libFuzzer brings.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    .systemLibrary(name: "CFuzzer"),
  ],
  swiftLanguageModes: [.v6]
)
