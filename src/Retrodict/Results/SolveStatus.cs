namespace Retrodict;

/// <summary>How a solve ended. The best feasible point is returned whatever the status.</summary>
public enum SolveStatus
{
    /// <summary>Nothing has been solved: the status of a summary that no solve has written.</summary>
    None,

    /// <summary>A criterion of convergence holds.</summary>
    Converged,

    /// <summary>No further progress was possible, yet no criterion of convergence holds.</summary>
    Stalled,

    /// <summary>The limit on iterations was reached.</summary>
    MaxIterations,

    /// <summary>The limit on evaluations or time was reached.</summary>
    Budget,

    /// <summary>The model gave a NaN or an infinity where no smaller step could avoid it.</summary>
    NonFinite,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The solve could not be carried out: in a batch, the model threw <see cref="SolveSummary.Error"/>.</summary>
    Failed,

    /// <summary>The solve ended where the data do not determine what was asked for: no measurement depends on any unknown there, or only
    /// by an accident of that point. Regressions alone examine their ends for it.</summary>
    Undetermined,
}
