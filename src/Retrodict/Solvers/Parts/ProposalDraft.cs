namespace Retrodict.Solvers;

/// <summary>A <see cref="Proposal"/> in the hands of its direction, which fills it in. The loop hands the same one to every step; what is
/// said of it is forgotten in between, but <see cref="Direction"/> and <see cref="Active"/> keep what the last step left in them.</summary>
public sealed class ProposalDraft : Proposal
{
    internal ProposalDraft(int unknowns)
        : base(unknowns)
    {
    }

    /// <inheritdoc cref="Proposal.Direction"/>
    public new Span<double> Direction => WritableDirection;

    /// <inheritdoc cref="Proposal.Active"/>
    public new Span<bool> Active => WritableActive;

    /// <inheritdoc cref="Proposal.PredictedDecrease"/>
    public new double PredictedDecrease
    {
        get => base.PredictedDecrease;
        set => base.PredictedDecrease = value;
    }

    /// <inheritdoc cref="Proposal.Optimality"/>
    public new double Optimality
    {
        get => base.Optimality;
        set => base.Optimality = value;
    }

    /// <inheritdoc cref="Proposal.IsConclusive"/>
    public new bool IsConclusive
    {
        get => base.IsConclusive;
        set => base.IsConclusive = value;
    }

    /// <inheritdoc cref="Proposal.IsRestricted"/>
    public new bool IsRestricted
    {
        get => base.IsRestricted;
        set => base.IsRestricted = value;
    }

    /// <inheritdoc cref="Proposal.FullShare"/>
    public new double FullShare
    {
        get => base.FullShare;
        set => base.FullShare = value;
    }

    /// <inheritdoc cref="Proposal.StepShare"/>
    internal new double StepShare
    {
        get => base.StepShare;
        set => base.StepShare = value;
    }

    /// <summary>Says how long J's columns are.</summary>
    /// <param name="squares">The squares of their lengths, which stay the direction's own.</param>
    internal void SetColumns(double[] squares) => ColumnSquares = squares;

    /// <summary>Begins a step.</summary>
    internal void Begin() => Reset();
}
