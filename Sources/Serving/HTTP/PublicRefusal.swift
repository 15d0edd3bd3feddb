import ReconcileModel
import Reconciling

extension LiveReconciler {
    /// `refusal` in words that everybody may read.
    var publicRefusal: String? {
        guard let refusal else { return nil }
        return refusal.code == "credentials_missing"
            ? "This service has no Google key: it serves events and synchronizes nothing."
            : "The Google key of this service cannot be used: it serves events and synchronizes nothing."
    }
}
