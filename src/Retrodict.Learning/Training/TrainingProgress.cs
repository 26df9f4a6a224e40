namespace Retrodict.Learning;

/// <summary>How far a training is.</summary>
/// <param name="Point">The newest point of the learning curve.</param>
/// <param name="Steps">The steps that are planned.</param>
/// <param name="BestStep">The step with the best validation so far; null without validation.</param>
/// <param name="BestValidation">Its criterion.</param>
/// <param name="Elapsed">The time since the training, or its resumption, began.</param>
public readonly record struct TrainingProgress(TrainingPoint Point, long Steps, long? BestStep, double? BestValidation, TimeSpan Elapsed);
