"""The paper's pictures, drawn from what may leave: love plot, overlap, forest plot, trend and flow diagram."""
