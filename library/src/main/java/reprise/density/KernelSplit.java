package reprise.density;

import reprise.array.Dense;
import reprise.parallel.Interrupted;

/** KT-SPLIT: points come in one after another, and a binary tree of halvings shares them out. */
final class KernelSplit {
    private final KernelForm form;
    private final Dense x;
    private final int halvings;
    private final double logFactor;
    private final Halving halving;
    private final Coin coin;
    private final double[] tile = new double[PointTiles.TILE];
    private final PointTiles probe;
    private final int[][] leaves;

    private KernelSplit(KernelForm form, Dense x, int halvings, double delta, Halving halving, Coin coin) {
        this.form = form;
        this.x = x;
        this.halvings = halvings;
        this.logFactor = 2 * Math.log(2.0 * x.rows() * halvings / delta);
        this.halving = halving;
        this.coin = coin;
        this.probe = new PointTiles(x.columns(), 1);
        this.leaves = new int[1 << halvings][x.rows() >> halvings];
    }

    /** A coin that shows heads with probability p. */
    interface Coin {
        boolean heads(double p);
    }

    /** The 2^halvings children, each of n / 2^halvings indices in the order of the points. */
    static int[][] run(KernelForm form, Dense x, int halvings, double delta, Halving halving, Coin coin) {
        var split = new KernelSplit(form, x, halvings, delta, halving, coin);
        var root = split.new Node(0, 0);
        for (int i = 0; i < x.rows(); i++) {
            root.add(i);
            Interrupted.check();
        }
        return split.leaves;
    }

    /** One halving: the points so far with sign -1 in the first half and +1 in the second. */
    private final class Node {
        private final int level;
        private final int place;
        private final PointTiles seen;
        private final Node first;
        private final Node second;
        private int count;
        private int waiting = -1;
        private double variance;

        Node(int level, int place) {
            this.level = level;
            this.place = place;
            boolean leaf = level == halvings;
            seen = new PointTiles(x.columns(), leaf ? 0 : x.rows() >> level);
            first = leaf ? null : new Node(level + 1, 2 * place);
            second = leaf ? null : new Node(level + 1, 2 * place + 1);
        }

        void add(int i) {
            if (level == halvings) {
                leaves[place][count++] = i;
            } else if (waiting < 0) {
                waiting = i;
            } else {
                share(waiting, i);
                waiting = -1;
            }
        }

        private void share(int a, int b) {
            int d = x.columns();
            double[] data = x.data();
            double apart = Math.max(0, 2 * (form.atZero() - pair(a, b)));
            double lean = seen.sum(form, data, a * d, tile) - seen.sum(form, data, b * d, tile);
            double log = logFactor - 2 * level * Math.log(2);
            double threshold = Math.max(Math.sqrt(variance * apart * log), apart);
            if (threshold > 0) {
                double growth = 1 + (apart - 2 * threshold) * variance / (threshold * threshold);
                variance += apart * Math.max(0, growth);
            }
            boolean swap = coin.heads(halving.second(lean, threshold));
            seen.add(data, a * d, swap ? 1 : -1);
            seen.add(data, b * d, swap ? -1 : 1);
            first.add(swap ? b : a);
            second.add(swap ? a : b);
        }

        private double pair(int a, int b) {
            probe.clear();
            probe.add(x.data(), a * x.columns(), 1);
            return probe.sum(form, x.data(), b * x.columns(), tile);
        }
    }
}
