namespace Retrodict.Learning;

/// <summary>How far a training is.</summary>
/// <param name="Point">The newest point of the learning curve.</param>
/// <param name="Steps">The steps that are planned.</param>
/// <param name="BestStep">The step with the best validation so far; null without validation.</param>
/// <param name="BestValidation">Its criterion.</param>
/// <param name="Elapsed">The time since the training, or its resumption, began.</param>
/// <param name="Stage">
/// What is trained, where a training has stages: <c>estimate</c> or <c>gain</c> of a Deceptron, or the name of a stage of surrogate
/// training; else empty.
/// </param>
/// <param name="StageNumber">Which of the stages it is, from 1.</param>
/// <param name="Stages">How many stages there are.</param>
public readonly record struct TrainingProgress(
    TrainingPoint Point,
    long Steps,
    long? BestStep,
    double? BestValidation,
    TimeSpan Elapsed,
    string Stage = "",
    int StageNumber = 1,
    int Stages = 1);
