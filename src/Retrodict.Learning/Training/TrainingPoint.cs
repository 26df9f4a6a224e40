namespace Retrodict.Learning;

/// <summary>One point of a learning curve.</summary>
/// <param name="Step">The steps taken.</param>
/// <param name="Loss">The mean loss of the steps since the point before; NaN where there were none.</param>
/// <param name="Terms">The means of the objective's terms, likewise.</param>
/// <param name="GradientNorm">The mean norm of the gradient before clipping, likewise.</param>
/// <param name="Validation">The validation criterion; null where there is none.</param>
public sealed record TrainingPoint(long Step, double Loss, IReadOnlyList<double> Terms, double GradientNorm, double? Validation);
