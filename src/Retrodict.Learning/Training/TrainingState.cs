namespace Retrodict.Learning;

/// <summary>All that a training carries from one step to the next.</summary>
internal sealed class TrainingState
{
    private readonly TrainingOptions _options;
    private readonly double[] _sums;
    private long _summed;

    public TrainingState(TrainingOptions options, ReadOnlySpan<float> start, int terms)
    {
        _options = options;
        Parameters = start.ToArray();
        Average = options.Averaging is null ? null : start.ToArray();
        Best = options.Validation is null ? null : start.ToArray();
        Optimizer = options.Optimizer.NewState(start.Length);
        _sums = new double[2 + terms];
    }

    /// <summary>The steps taken.</summary>
    public long Step { get; set; }

    public float[] Parameters { get; }

    public float[]? Average { get; }

    public OptimizerState Optimizer { get; }

    public float[]? Best { get; }

    /// <summary>The step of the best parameters; below 0 as long as no criterion was a number.</summary>
    public long BestStep { get; set; } = -1;

    public double BestValidation { get; set; } = double.PositiveInfinity;

    /// <summary>Validations since the best one.</summary>
    public long Fruitless { get; set; }

    public List<TrainingPoint> History { get; } = [];

    /// <summary>Sums of loss, gradient norm and terms since the last point.</summary>
    public Span<double> Sums => _sums;

    /// <summary>How many steps the sums are over.</summary>
    public ref long Summed => ref _summed;

    /// <summary>The parameters that are validated and returned.</summary>
    public float[] Candidate => Average ?? Parameters;

    public bool PointIsDue =>
        (Step % _options.ValidateEvery == 0 || Step == _options.Steps) && (History.Count == 0 || History[^1].Step != Step);

    /// <summary>Ends a section of the learning curve: validates, keeps the best.</summary>
    public void AddPoint()
    {
        double? validation = _options.Validation?.Invoke(Candidate);
        if (validation < BestValidation || (validation is { } first && !double.IsNaN(first) && BestStep < 0))
        {
            Candidate.CopyTo(Best!, 0);
            (BestStep, BestValidation, Fruitless) = (Step, validation.Value, 0);
        }
        else if (validation is not null)
        {
            Fruitless++;
        }

        double[] means = Array.ConvertAll(_sums, sum => _summed == 0 ? double.NaN : sum / _summed);
        History.Add(new TrainingPoint(Step, means[0], means[2..], means[1], validation));
        Array.Clear(_sums);
        _summed = 0;
    }

    /// <summary>Counts a step's loss, gradient norm and terms.</summary>
    public void Count(double loss, double norm)
    {
        _sums[0] += loss;
        _sums[1] += norm;
        _summed++;
    }

    public void CountTerm(int index, double term) => _sums[2 + index] += term;

    /// <summary>Moves the average towards the parameters.</summary>
    public void UpdateAverage()
    {
        if (_options.Averaging is { } decay)
        {
            OptimizerKernels.Average((float)(1 - Math.Min(decay, (1.0 + Step) / (10.0 + Step))), Parameters, Average);
        }
    }
}
