package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class PrivacyBudgetTest {
    @Nested
    class ClosedForm {
        @Test
        void paymentsAddUpAndAreListed() {
            var budget = PrivacyBudget.of(1, 1e-5);
            budget.spend("count", 0.25);
            budget.spend("sums", 0.5, 4e-6);
            assertEquals(0.25, budget.epsilonLeft(), 1e-15);
            assertEquals(6e-6, budget.deltaLeft(), 1e-20);
            assertEquals(
                    List.of(new PrivacyBudget.Entry("count", 0.25, 0), new PrivacyBudget.Entry("sums", 0.5, 4e-6)),
                    budget.entries());
            assertTrue(budget.toString().contains("sums: epsilon 0.5, delta 4.0E-6"), budget.toString());
        }

        @Test
        void fourteenFourteenthsAreTheWholeAndNothingMoreIs() {
            var budget = PrivacyBudget.of(0.3);
            for (int i = 0; i < 14; i++) {
                budget.spend("level " + i, 0.3 / 14);
            }
            assertEquals(0, budget.epsilonLeft(), 1e-15);
            assertThrows(BudgetOverspent.class, () -> budget.spend("more", 1e-9));
        }
    }

    @Nested
    class Invariance {
        @Test
        void aRefusedPaymentChargesNothing() {
            var budget = PrivacyBudget.of(1, 1e-6);
            budget.spend("first", 0.7);
            var refused = assertThrows(BudgetOverspent.class, () -> budget.spend("second", 0.4));
            assertTrue(refused.getMessage().startsWith("second costs epsilon = 0.4"), refused.getMessage());
            assertThrows(BudgetOverspent.class, () -> budget.spend("third", 0.1, 2e-6));
            assertEquals(1, budget.entries().size());
            budget.spend("fourth", 0.3, 1e-6);
            assertEquals(0, budget.deltaLeft());
        }

        @Test
        void threadsTogetherSpendNoMoreThanThereIs() {
            var budget = PrivacyBudget.of(10);
            long paid = Tasks.mapRange(200, i -> {
                try {
                    budget.spend("one", 1);
                    return true;
                } catch (BudgetOverspent e) {
                    return false;
                }
            }).stream().filter(ok -> ok).count();
            assertEquals(10, paid);
        }

        @Test
        void aRefusedReleaseDrawsNoNoise() {
            var budget = PrivacyBudget.of(0.1);
            var rng = Rng.of(1);
            assertThrows(BudgetOverspent.class, () -> LaplaceMechanism.of(1, 1).release("x", 3, budget, rng));
            assertThrows(BudgetOverspent.class, () -> GaussianMechanism.of(1, 0.1, 1e-5).release("x", 3, budget, rng));
            assertEquals(Rng.of(1).uniform(), rng.uniform());
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesABudgetOfZeroBelowZeroOrNan() {
            for (double epsilon : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
                var refused = assertThrows(IllegalArgumentException.class, () -> PrivacyBudget.of(epsilon));
                assertEquals("epsilon must be > 0 and finite, was " + epsilon, refused.getMessage());
            }
            assertThrows(IllegalArgumentException.class, () -> PrivacyBudget.of(1, 1));
            assertThrows(IllegalArgumentException.class, () -> PrivacyBudget.of(1, -1e-9));
            assertThrows(IllegalArgumentException.class, () -> PrivacyBudget.of(1, Double.NaN));
        }

        @Test
        void refusesFreeReleases() {
            var budget = PrivacyBudget.of(1);
            assertThrows(IllegalArgumentException.class, () -> budget.spend("nothing", 0));
            assertThrows(IllegalArgumentException.class, () -> budget.spend("gift", -0.5));
            assertThrows(IllegalArgumentException.class, () -> budget.spend("nan", Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> budget.spend("nan", 0.1, Double.NaN));
            assertTrue(budget.entries().isEmpty());
        }
    }
}
