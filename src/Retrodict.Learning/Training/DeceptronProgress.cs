namespace Retrodict.Learning;

/// <summary>How far a Deceptron's training is.</summary>
/// <param name="Stage">What is trained: <c>estimate</c>, <c>gain</c>, or a stage of surrogate training.</param>
/// <param name="StageNumber">Which of the stages it is, from 1.</param>
/// <param name="Stages">How many stages there are.</param>
/// <param name="Training">The stage's training.</param>
public readonly record struct DeceptronProgress(string Stage, int StageNumber, int Stages, TrainingProgress Training);
