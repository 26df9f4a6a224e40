namespace Retrodict.Solvers;

/// <summary>A point of a line search's path: how far along, the objective, the slopes to its left and to its right.</summary>
internal readonly record struct PathPoint(double Factor, double Cost, double Left, double Right)
{
    public bool IsFinite => double.IsFinite(Cost) && double.IsFinite(Left);

    /// <summary>Whether a slope is at most the limit, or the left one falls and the right one rises.</summary>
    public bool IsFlat(double limit) => Math.Abs(Left) <= limit || Math.Abs(Right) <= limit || (Left <= 0 && Right >= 0);
}
