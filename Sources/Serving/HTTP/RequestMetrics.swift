import Synchronization
import Telemetry

/// The metrics of every route, made once.
struct RequestMetrics: Sendable {
    private let routes: [String: RouteMetrics]
    private let other: RouteMetrics

    init(_ metrics: ServiceMetrics) {
        routes = Dictionary(Route.names.map { ($0, metrics.route($0)) }) { first, _ in first }
        other = metrics.route("other")
    }

    subscript(route: Route?) -> RouteMetrics { route.flatMap { routes[$0.name] } ?? other }
}
